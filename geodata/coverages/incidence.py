"""Groups of units as a sparse matrix: what is of many groups at once is a product with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from geodata.errors import ArgumentError, CoverageError
from geodata.messages import listed

__all__ = ["Incidence"]


@dataclass(frozen=True, eq=False, repr=False)
class Incidence:
    r"""Which units are in which groups: the incidence matrix *M* of units and groups.

    With *x* a figure of the units, :math:`M^\top x` is its sum over each group, and
    :math:`M^\top \mathrm{diag}(x) M` its sum over what each two groups have in common (Breiger
    1974). `BorderTable` multiplies the borders of pairs with it. What this takes grows with the
    memberships, and not with units times groups.

    Attributes
    ----------
    units
        The rows.
    groups
        The columns.
    matrix
        Ones where a unit is in a group.

    Examples
    --------
    >>> groups = Incidence.of(pd.Index(["a", "b", "c"]), {"west": ["a", "b"], "east": ["b", "c"]})
    >>> groups
    <Incidence: 3 units, 2 groups, 4 memberships>
    >>> groups.sums([10.0, 20.0, 30.0]).to_dict()
    {'west': 30.0, 'east': 50.0}
    """

    units: pd.Index
    groups: pd.Index
    matrix: sparse.csc_array

    def __repr__(self) -> str:
        """Say how many units, groups and memberships there are."""
        return (
            f"<Incidence: {len(self.units)} units, {len(self.groups)} groups, "
            f"{self.matrix.nnz} memberships>"
        )

    @classmethod
    def of(cls, units: Iterable[Any], groups: Mapping[Any, Iterable[Any]]) -> "Incidence":
        """Return the incidence of groups; a unit may be in several, and counts once in each.

        Parameters
        ----------
        units
            All units, each once, in the order of the figures to add up.
        groups
            Units by group.

        Raises
        ------
        CoverageError
            If a group has a unit that is not among them, or a unit is given twice.
        ArgumentError
            If groups are no mapping.
        """
        if isinstance(units, str) or not isinstance(units, Iterable):
            raise ArgumentError(f"units={units!r} are no list of ids: give all units, each once")
        units = units if isinstance(units, pd.Index) else pd.Index(list(units))
        if not units.is_unique:
            raise CoverageError(
                f"{listed(units[units.duplicated()].unique())} given more than once: give each "
                "unit once"
            )
        if not isinstance(groups, Mapping):
            raise ArgumentError(
                f"groups are a {type(groups).__name__}: give the ids of units by group, as a dict"
            )
        return cls._at(units, groups, [_places(units, ids) for ids in groups.values()])

    @classmethod
    def among(cls, units: pd.Index, groups: Mapping[Any, pd.Index]) -> "Incidence":
        """Return the incidence of groups of which only some units are looked at.

        Parameters
        ----------
        units
            The units looked at, such as those of one country.
        groups
            Units by group, each once in a group; those that are not looked at are left out.
        """
        found = [units.get_indexer(ids) for ids in groups.values()]
        return cls._at(units, groups, [np.sort(places[places >= 0]) for places in found])

    @classmethod
    def _at(
        cls, units: pd.Index, groups: Mapping[Any, Any], places: list[NDArray[np.intp]]
    ) -> "Incidence":
        ends = np.cumsum([0, *map(len, places)])
        rows = np.concatenate([np.empty(0, dtype=np.intp), *places])
        shape = (len(units), len(places))
        matrix = sparse.csc_array((np.ones(len(rows)), rows, ends), shape=shape)
        return cls(units, pd.Index(list(groups), dtype=object), matrix)

    def sums(self, values: Any) -> "pd.Series[float]":
        """Return the sum of a figure of the units over each group.

        Parameters
        ----------
        values
            A figure a unit; where one is missing, so is the sum.
        """
        return pd.Series(self.matrix.T @ self._figures(values), index=self.groups)

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many units are in each group, in the order of the groups."""
        return np.diff(self.matrix.indptr).astype(np.int64)

    def shared(self, values: Any = None) -> pd.DataFrame:
        """Return how many units each two groups have in common, or the sum of a figure of these.

        Parameters
        ----------
        values
            A figure a unit; one each where not given.

        Returns
        -------
        pandas.DataFrame
            Groups by groups; on the diagonal is what is in each.

        Examples
        --------
        >>> groups = Incidence.of(pd.Index(["a", "b"]), {"both": ["a", "b"], "one": ["b"]})
        >>> groups.shared([10.0, 20.0]).to_numpy().tolist()
        [[30.0, 20.0], [20.0, 20.0]]
        """
        weight = np.ones(len(self.units)) if values is None else self._figures(values)
        product = self.matrix.T @ sparse.diags_array(weight) @ self.matrix
        table = product.toarray()
        if values is None:
            table = table.astype(int)
        return pd.DataFrame(table, index=self.groups, columns=self.groups)

    def _figures(self, values: Any) -> NDArray[np.float64]:
        """Return a figure of each unit, or raise `ArgumentError`."""
        try:
            figures = pd.Series(values).to_numpy(dtype=float, na_value=np.nan)
        except (TypeError, ValueError) as fault:
            raise ArgumentError(f"values are no numbers ({fault}): give one a unit") from fault
        if figures.shape != (len(self.units),):
            raise ArgumentError(
                f"values of shape {figures.shape} for {len(self.units)} units: give one a unit, "
                "in their order"
            )
        return figures


def _places(units: pd.Index, ids: Iterable[Any]) -> NDArray[np.intp]:
    """Return at which places units stand, each once, sorted; unknown ones are refused."""
    if not (isinstance(ids, pd.Index) and ids.is_unique):
        ids = pd.Index([ids] if isinstance(ids, str) else list(ids), dtype=object).unique()
    places: NDArray[np.intp] = units.get_indexer(ids)
    if (places < 0).any():
        raise CoverageError(
            f"{listed(ids[places < 0])} not among the {len(units)} units of the "
            "border table: give units of the division it was made from"
        )
    return np.sort(places)
