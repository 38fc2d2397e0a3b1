// What the page's data are, for the type checker alone: the same as `zones.maps.web.payload` makes.
type Lang = "fi" | "sv" | "en";
type Choropleth = "density" | "change";
type View = "groups" | "people" | Choropleth | "indicator";
type Topic = "all" | "year" | "groups" | "extent" | "theme" | "reset" | "sides";
type Status = "documented" | "extent" | "former";
type TabName = "units" | "members" | "links";
type Names = { [lang in Lang | "any"]?: string };
type Child = Node | string | number | false | null | undefined | Child[];
type Box = [left: number, top: number, right: number, bottom: number];
type Shape = number[][][];
type Words = { [lang in Lang]: Record<string, string> };

interface Metric { x: number | null; y: number | null }

interface Unit extends Metric {
  index: number; id: string; code: string; country: string | null;
  fi: string; sv: string | null; en: string | null; former: string[]; places: string[];
  region: number | null; area: number;
  people: number | null; people_year: number | null; change: number | null; change_from: number | null; rate: number | null; newest: number | null; density: number | null;
  lat: number | null; lon: number | null;
  memberships: Evidence[];
  /** People in each of the years of the page; empty where only one figure is known. */
  series: (number | null)[];
}

/** Change in people between the ends of two years, in per cent in all and a year. */
interface Change { first: number; last: number; percent: number; rate: number }
/** People of several municipalities: between what, and how many of them have no figure. */
interface Together { low: number | null; high: number | null; missing: number }

interface Evidence {
  unit: number | null; group: number; role: string; confidence: string | null; basis: string | null;
  from: string | null; to: string | null; period: number | null; year: number | null; weak: boolean;
  sources: number[]; note: number | null; name: string | null;
}

interface Figure { name: string; label: string; key: string | null; value: number | null; low: number | null; high: number | null; from?: number | null; year: number | null }
interface KnownFigure extends Figure { value: number }

/** How a measure is written; see `zones.model.contract`. */
interface MeasureForm { digits: number; unit: string | null; share: boolean; signed: boolean; dated: boolean }

interface GivenExtent {
  id: string; names: Names | null; description: Names | null; default: boolean; source: number | null;
  units: number[]; measures: Figure[]; outline: Shape;
  /** Units outside with evidence of the past; and from each year on what is known, a letter a unit: d(ocumented), e(xtent alone), f(ormer). */
  beyond: number[]; known: [year: number, letters: string][];
}
interface Extent extends GivenExtent { set: Set<number> }

interface GivenGroup {
  id: string; kind: string; colour: number; mark: string | null; shown: boolean;
  about: { key: string; text: Names; source: number | null }[];
  names: Names; short: Names; aliases: string[]; text_lang: Lang | null; theme: Names | null;
  period: Names | null;
  published: { n: number; date: Names; source: number | null } | null;
  extents: GivenExtent[];
  spine: { unit: number | null; lat: number; lon: number; branch: boolean }[];
  runs: number[][];
}
interface Group extends GivenGroup { index: number; extents: Extent[] }

interface Palette {
  groups: [light: string, dark: string][];
  dashes: (number[] | null)[]; network_dashes: (number[] | null)[]; networks_from: number;
  /** How full the colour of a group is: documented members stand out from those that are in the extent alone. */
  evidence: Record<Status, number>;
  light: Record<string, string>; dark: Record<string, string>;
  ramps: Record<string, { light: string[]; dark: string[] }>;
  views: { [view in Choropleth]: { ramp: string; limits: number[] } };
}

/** Why a municipality has no figure, and between what it is where that is known. */
interface Gap { why: "bounds" | "suppressed" | "missing"; low: number | null; high: number | null }

interface GivenIndicator {
  id: string; names: Names; headings: Names; units: Names; percent: boolean; counted: boolean; year: number; digits: number; middle: number | null;
  circles: boolean; limits: number[]; limit_digits: number; ramp: string; shades: number[]; source: string;
  values: (number | null)[]; gaps: [index: number, why: Gap["why"], low: number | null, high: number | null][];
}
interface Indicator extends Omit<GivenIndicator, "gaps"> { gaps: Map<number, Gap>; most: number }

/** Figures that are drawn as circles. */
interface Circled { values: (number | null)[]; most: number; digits: number }

/** Without a backdrop there is the scale of its grid alone. */
interface Backdrop { scale: number; land?: Shape[]; lakes?: Shape[]; borders?: number[][]; national?: number[][] }

/** A transverse Mercator; see `zones.maps.web.plane`. */
interface Plane { name: string; meridian: number; scale: number; easting: number; latitude: number }
interface Ground { plane: Plane | null; ground: [left: number, bottom: number, right: number, top: number] | null; deepest: number; near: number }

interface Shared {
  lang: Lang; languages: Lang[]; view: View; title: Names; texts: Words; terms: Words;
  measures: Record<string, MeasureForm>; thin_evidence: number; measure_names: Words; palette: Palette;
  years: { division: number; boundaries: number; people: string };
  scale: number | null; grid: number; credits: { [lang in Lang]: string };
  regions: Names[]; simplified: number | null; zones_apart: boolean;
  borders: [number, number, number][];
  ties: { between: [number, number]; kind: string; name: string }[];
  sources: (string | Names)[]; source_dates: (Names | null)[]; notes: string[]; periods: Names[];
  attribution: { line: Names; licence: string | null; url: string | null }[];
}
interface Payload extends Shared { series: { years: Record<string, number[]>; steps: (number | null)[][] } | null; units: Record<string, any[]>; memberships: Record<string, any[]>; groups: GivenGroup[]; indicators: GivenIndicator[] }
interface Data extends Shared { people_years: number[]; units: Unit[]; memberships: Evidence[]; groups: Group[]; zones: Group[]; networks: Group[]; indicators: Indicator[] }

interface State {
  lang: Lang; theme: "auto" | "light" | "dark"; view: View; column: string | null; unit: number | null; group: number | null; known: number | null; year: number | null; at: [number, number, number] | null;
  shown: Set<string>; extents: Map<string, string>; layers: Set<string>;
  /** Two extents set side by side, or an extent and what it would be with other members. */
  compared: { first: Chosen; second: Chosen } | null;
  tried: (Chosen & { changed: Set<number> }) | null;
}
/** An extent of a group, by their ids. */
interface Chosen { group: string; extent: string }
/** What two lists of members have: only the first, both, only the second. */
type Part = "first" | "both" | "second";
interface Side { group: Group; extent: Extent; members: Set<number> }
/** A figure that may be a span. */
interface Span { low: number; high: number }

interface Stage {
  map: L.Map; units: L.Polygon[]; group: L.FeatureGroup; circles: L.FeatureGroup; canvas: boolean; near: number; tiles: L.TileLayer | null;
  backdrop: { land?: L.Polygon; lakes?: L.Polygon; frontiers?: L.Polyline; national?: L.Polyline };
}

type Entry = ({ unit: Unit; group?: undefined } | { unit?: undefined; group: Group }) & { name: string; key: string; kind: EntryKind };
type EntryKind = "name" | "code" | "former" | "place";
interface LinkRow { layer: string; a: Unit; b: Unit; detail: string; groups: Group[]; km: number | null }

type Column<Row> = { key: string; digits?: number; plain?: boolean; action?: boolean; link?: boolean; head?: string; word?: (row: Row) => string }
  & ({ text: (row: Row) => string; number?: undefined } | { number: (row: Row) => number | null; text?: undefined });
interface Tab { columns: () => Column<any>[]; rows: () => any[]; file: string }
