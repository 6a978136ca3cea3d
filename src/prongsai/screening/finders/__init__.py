"""How each detector finds: functions from a page to spans of its normalised text."""
