using Npgsql;

namespace Splitrail.Sql;

/// <summary>A PostgreSQL connection string in either of its forms.</summary>
public static class PostgresAddress
{
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return new NpgsqlConnectionStringBuilder(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            throw new ArgumentException("The PostgreSQL address cannot be read: write it as postgres://user:password@host:5432/database.");
        var login = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(login[0]),
        };
        if (login.Length == 2)
            builder.Password = Uri.UnescapeDataString(login[1]);
        foreach (var setting in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = setting.Split('=', 2);
            builder[Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "");
        }

        return builder;
    }
}
