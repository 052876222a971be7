"""Reference data: states, organisations, leaders, places, outlets, codebook, and the lookups over them."""

from legation.reference.codebook import Codebook, load_codebook
from legation.reference.countries import country_of_name, country_of_place
from legation.reference.gazetteer import find_states, is_outlet
from legation.reference.people import leader
from legation.reference.tables import (
    Body,
    Leader,
    Organisation,
    Outlet,
    PlaceName,
    State,
    bodies,
    expand,
    leaders,
    organisations,
    outlets,
    place_names,
    states,
)

__all__ = [
    "Body",
    "Codebook",
    "Leader",
    "Organisation",
    "Outlet",
    "PlaceName",
    "State",
    "bodies",
    "country_of_name",
    "country_of_place",
    "expand",
    "find_states",
    "is_outlet",
    "leader",
    "leaders",
    "load_codebook",
    "organisations",
    "outlets",
    "place_names",
    "states",
]
