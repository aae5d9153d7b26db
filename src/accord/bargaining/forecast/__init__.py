"""Forecasts of where each question will settle: baselines, the challenge model, the exchange of positions."""
