"""Flows between municipalities, such as commuting, migration and trips: tables of them."""
