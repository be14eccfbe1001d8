"""Following phrases: what stands in which document, in what context, and how often."""
