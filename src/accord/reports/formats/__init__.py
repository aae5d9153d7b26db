"""One module per format that reports come in; `registry.py` lists them."""
