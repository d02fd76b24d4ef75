namespace Splitrail.Sql;

/// <summary>A service's schema: several services may share one PostgreSQL database.</summary>
/// <param name="Area">Whose tables these are.</param>
/// <param name="Migrations">In order.</param>
public sealed record SchemaPlan(string Area, IReadOnlyList<Migration> Migrations);
