using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Splitrail.Sql;

/// <summary>Where the database is and how long to wait for it.</summary>
/// <param name="ConnectionString">
/// A PostgreSQL connection string (<c>Host=…</c> or <c>postgres://…</c>), else the path of a SQLite file.
/// </param>
/// <param name="ReadTimeout">A read that takes longer counts as a lost database.</param>
/// <param name="WriteTimeout">The same for one transaction that writes.</param>
public sealed record SqlOptions(string ConnectionString, TimeSpan ReadTimeout, TimeSpan WriteTimeout)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    public bool IsPostgres => IsPostgresString(ConnectionString);

    /// <summary>
    /// Reads <c>ConnectionString</c> or <c>Database</c> (a SQLite file), <c>ReadTimeout</c> and <c>WriteTimeout</c> of a service's section.
    /// Faults are added to <paramref name="faults"/>, each with the bad value and the fix.
    /// </summary>
    public static SqlOptions From(IConfigurationSection section, string defaultFile, ICollection<string> faults)
    {
        var connection = section["ConnectionString"];
        var file = section["Database"];
        if (connection is { Length: > 0 } && file is { Length: > 0 })
            faults.Add($"{section.Path}:ConnectionString and {section.Path}:Database ('{file}') are both set: keep one of them.");
        if (connection is { Length: > 0 } && !IsPostgresString(connection))
            faults.Add($"{section.Path}:ConnectionString is '{Shown(connection)}': start it with 'Host=' or 'postgres://', or name a SQLite file in {section.Path}:Database.");
        return new SqlOptions(
            connection is { Length: > 0 } ? connection : file is { Length: > 0 } ? file : defaultFile,
            Span(section, "ReadTimeout", TimeSpan.FromMilliseconds(500), faults),
            Span(section, "WriteTimeout", TimeSpan.FromSeconds(5), faults));
    }

    /// <summary>Without the password: options are logged.</summary>
    public override string ToString() => $"{(IsPostgres ? "PostgreSQL" : $"SQLite {ConnectionString}")}, read {ReadTimeout}, write {WriteTimeout}";

    private static bool IsPostgresString(string text) =>
        text.StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static string Shown(string connection) => connection.Length <= 12 ? connection : string.Concat(connection.AsSpan(0, 12), "…");

    private static TimeSpan Span(IConfigurationSection section, string name, TimeSpan fallback, ICollection<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromMilliseconds(10) && span <= s_longest)
            return span;
        faults.Add($"{section.Path}:{name} is '{text}': give a time span from 00:00:00.010 to 00:01:00, such as 00:00:00.500.");
        return fallback;
    }
}
