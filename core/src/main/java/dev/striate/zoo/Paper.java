package dev.striate.zoo;

/// Where an architecture was published.
public record Paper(String title, String authors, int year) {}
