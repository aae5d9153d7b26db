"""The brief: one screen that says where a process stands. Built once as a value, then written in four forms."""

from __future__ import annotations

from accord.publishing.brief.agreement import Answers
from accord.publishing.brief.build import build
from accord.publishing.brief.content import Brief

__all__ = ["Answers", "Brief", "build"]
