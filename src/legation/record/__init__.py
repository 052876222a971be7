"""The record: claims become events, with actors, conflicts and an analyst's decisions."""

from legation.record.actor import Actor, Office, Spelling
from legation.record.decision import Anchor, Decision
from legation.record.event import Conflict, Event, EventClaim, EventParticipant, Field, StatusStep, Support

__all__ = [
    "Actor",
    "Anchor",
    "Conflict",
    "Decision",
    "Event",
    "EventClaim",
    "EventParticipant",
    "Field",
    "Office",
    "Spelling",
    "StatusStep",
    "Support",
]
