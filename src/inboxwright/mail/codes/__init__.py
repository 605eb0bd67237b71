"""The one right code of a mail: candidates are collected, each rule may reject them, and one is chosen or none."""
