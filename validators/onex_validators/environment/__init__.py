"""Environment (ENV): values that hold on one machine or in one network, in committed files."""
