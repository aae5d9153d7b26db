"""A language model as a second reader: asked over any OpenAI-compatible server, believed only where its words are the
report's.

`reader.LlmReader` and `both.BothReader` are its front. Nothing that a model answers reaches a reading unless
`anchoring` finds it in the report.
"""

__all__ = ["both", "reader"]
