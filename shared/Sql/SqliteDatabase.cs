using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Splitrail.Sql;

/// <summary>One SQLite file in write-ahead mode: readers never wait, one writer at a time.</summary>
internal sealed class SqliteDatabase : Database
{
    // For its page cache while it loads: 256 MiB in SQLite's unit of negative KiB.
    private const string LoaderSettings = "PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY;";

    private readonly string _connection;
    private readonly string _loader;
    private readonly int _busyMs;

    public SqliteDatabase(SqlOptions options, SqlMetrics metrics, TimeProvider time)
        : base(options, metrics, time)
    {
        var path = Path.GetFullPath(options.ConnectionString);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var builder = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = (int)Math.Ceiling(options.WriteTimeout.TotalSeconds) };
        _connection = builder.ConnectionString;
        // Not pooled: its settings must not leak into the connections of requests. It waits long: another replica may be loading just now.
        builder.Pooling = false;
        builder.DefaultTimeout = 60;
        _loader = builder.ConnectionString;
        _busyMs = (int)options.WriteTimeout.TotalMilliseconds;
    }

    public override string System => "sqlite";

    public override Task<long> BulkInsertAsync<T>(DbTransaction transaction, BulkTable<T> table, IEnumerable<T> rows, CancellationToken cancellationToken) =>
        InsertAsync(transaction, table, rows, "NOTHING", cancellationToken);

    public override Task<long> UpsertAsync<T>(DbTransaction transaction, BulkTable<T> table, IReadOnlyList<T> rows, string onConflict, CancellationToken cancellationToken) =>
        InsertAsync(transaction, table, rows, onConflict, cancellationToken);

    public override string AnyOf(string column, string parameter) => $"{column} IN (SELECT value FROM json_each(@{parameter}))";

    public override KeyList Keys(IEnumerable<string> keys) => new(JsonSerializer.Serialize(keys));

    protected override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    protected override async ValueTask<DbConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        // SQLite's own wait for the write lock: the driver's polls only every 150 ms.
        await connection.ExecuteAsync($"PRAGMA busy_timeout = {_busyMs}");
        return connection;
    }

    private static async Task<long> InsertAsync<T>(DbTransaction transaction, BulkTable<T> table, IEnumerable<T> rows, string onConflict, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"INSERT INTO {table.Name} ({table.ColumnNames}) VALUES ({string.Join(", ", table.Columns.Select(static (_, i) => $"@p{i}"))}) ON CONFLICT ({table.Key}) DO {onConflict}";
        var parameters = table.Columns.Select((_, i) => new SqliteParameter { ParameterName = $"@p{i}" }).ToArray();
        command.Parameters.AddRange(parameters);
        await command.PrepareAsync(cancellationToken);
        var affected = 0L;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++)
                parameters[i].Value = table.Columns[i].ValueOf(row);
            affected += command.ExecuteNonQuery();
        }

        return affected;
    }

    protected override async ValueTask<DbConnection> OpenLoaderAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_loader);
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync($"PRAGMA journal_mode = WAL; {LoaderSettings}");
        return connection;
    }

    /// <summary>Nothing to do: a transaction begins with the write lock (BEGIN IMMEDIATE).</summary>
    protected override Task LockAsync(DbTransaction transaction, string purpose, CancellationToken cancellationToken) => Task.CompletedTask;

    // Busy, locked, read-only, I/O, corrupt, full, cannot open, protocol, not a database.
    protected override bool IsAway(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 15 or 26 } or IOException or UnauthorizedAccessException;
}
