"""The first stage: files and saved pages become reports. Nothing else opens source files."""
