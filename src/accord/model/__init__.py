"""Value types that the stages share: frozen, without a way to the disk, the network or the screen."""
