namespace Splitrail.Retrieval.Vectors;

/// <param name="Row">The vector.</param>
/// <param name="Score">Its inner product with the query, in floats.</param>
public readonly record struct Neighbour(int Row, float Score);
