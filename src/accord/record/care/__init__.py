"""Care for record files: copies made while others write, what is damaged, and what can be saved."""

from accord.record.care.backup import back_up
from accord.record.care.health import Health, examine
from accord.record.care.rescue import Rescued, replace, rescue
from accord.record.care.rows import Trouble

__all__ = ["Health", "Rescued", "Trouble", "back_up", "examine", "replace", "rescue"]
