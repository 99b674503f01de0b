"""The one door to the models of the house."""
