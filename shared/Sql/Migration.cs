namespace Splitrail.Sql;

/// <summary>One step of a schema. Steps are applied once, in order, and never edited after they were released.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Statements">Portable statements.</param>
public sealed record Migration(int Version, IReadOnlyList<string> Statements);
