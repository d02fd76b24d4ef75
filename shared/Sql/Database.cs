using System.Data.Common;
using System.Diagnostics;

namespace Splitrail.Sql;

/// <summary>
/// Opens connections and runs work on them under a timeout. Statements are written once in the subset that SQLite and PostgreSQL share: text
/// ids, BIGINT for times (ms), amounts (millionths) and truth values, ON CONFLICT; what differs is in the two classes derived from this one.
/// </summary>
public abstract class Database(SqlOptions options, SqlMetrics metrics, TimeProvider time)
{
    private volatile bool _usable;

    /// <summary>OpenTelemetry's <c>db.system.name</c>.</summary>
    public abstract string System { get; }

    /// <summary>Set once the schema is there: before that, work is refused as if the database were away.</summary>
    internal void MarkUsable() => _usable = true;

    /// <exception cref="DatabaseAwayException">The database is away or slower than the read timeout.</exception>
    public Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        GuardAsync("read", options.ReadTimeout, async limited =>
        {
            await using var connection = await OpenAsync(limited);
            return await read(connection, limited);
        }, cancellationToken);

    /// <summary>A read that counts or lists: it may take as long as a write.</summary>
    /// <exception cref="DatabaseAwayException">The database is away or slower than the write timeout.</exception>
    public Task<T> ScanAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        GuardAsync("scan", options.WriteTimeout, async limited =>
        {
            await using var connection = await OpenAsync(limited);
            return await read(connection, limited);
        }, cancellationToken);

    /// <summary>One transaction; it commits when <paramref name="write"/> returns.</summary>
    /// <exception cref="DatabaseAwayException">The database is away or slower than the write timeout; nothing was stored, or (a lost answer to the commit) all.</exception>
    public Task<T> WriteAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        GuardAsync("write", options.WriteTimeout, limited => TransactAsync(write, OpenWriterAsync, limited), cancellationToken);

    /// <summary>The same, and no other replica writes for this purpose at the same time: for what reads first and then decides.</summary>
    /// <exception cref="DatabaseAwayException">As for the other.</exception>
    public Task<T> WriteAsync<T>(string purpose, Func<DbTransaction, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(Alone(purpose, write), cancellationToken);

    /// <summary>The same without a timeout, before the schema is there too: for migrations and large loads.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<T> LoadAsync<T>(string purpose, Func<DbTransaction, CancellationToken, Task<T>> load, CancellationToken cancellationToken) =>
        TranslateAsync("load", () => TransactAsync(Alone(purpose, load), OpenLoaderAsync, cancellationToken), cancellationToken);

    /// <summary>Inserts many rows; those whose key is there already are left as they are. Returns how many were new.</summary>
    public abstract Task<long> BulkInsertAsync<T>(DbTransaction transaction, BulkTable<T> table, IEnumerable<T> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts many rows in one round trip; <paramref name="onConflict"/> follows <c>ON CONFLICT (key) DO</c>. No two rows of one key when it updates: PostgreSQL refuses to touch a row twice.
    /// </summary>
    /// <returns>Rows inserted or updated.</returns>
    public abstract Task<long> UpsertAsync<T>(DbTransaction transaction, BulkTable<T> table, IReadOnlyList<T> rows, string onConflict, CancellationToken cancellationToken);

    /// <summary>The condition that a column is one of a parameter's <see cref="Keys"/>.</summary>
    public abstract string AnyOf(string column, string parameter);

    /// <summary>Texts as one parameter, however many: for <see cref="AnyOf"/>.</summary>
    public abstract KeyList Keys(IEnumerable<string> keys);

    protected abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);

    protected virtual ValueTask<DbConnection> OpenWriterAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <summary>A connection for minutes of work.</summary>
    protected abstract ValueTask<DbConnection> OpenLoaderAsync(CancellationToken cancellationToken);

    /// <summary>Holds other replicas off until the transaction ends.</summary>
    protected abstract Task LockAsync(DbTransaction transaction, string purpose, CancellationToken cancellationToken);

    /// <summary>True for what the infrastructure did, false for a mistake in a statement.</summary>
    protected abstract bool IsAway(Exception exception);

    private Func<DbTransaction, CancellationToken, Task<T>> Alone<T>(string purpose, Func<DbTransaction, CancellationToken, Task<T>> work) => async (transaction, token) =>
    {
        await LockAsync(transaction, purpose, token);
        return await work(transaction, token);
    };

    private static async Task<T> TransactAsync<T>(
        Func<DbTransaction, CancellationToken, Task<T>> work, Func<CancellationToken, ValueTask<DbConnection>> open, CancellationToken cancellationToken)
    {
        await using var connection = await open(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<T> GuardAsync<T>(string operation, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!_usable)
            throw new DatabaseAwayException("the database's schema is not there yet");
        using var limit = new CancellationTokenSource(timeout, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await TranslateAsync(operation, () => work(limited.Token), cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.CountAway(System, operation);
            throw new DatabaseAwayException($"the database did not finish a {operation} within {timeout.TotalMilliseconds:0} ms");
        }
    }

    private async Task<T> TranslateAsync<T>(string operation, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !cancellationToken.IsCancellationRequested && IsAway(exception))
        {
            metrics.CountAway(System, operation);
            throw new DatabaseAwayException($"the database is away: {exception.Message}", exception);
        }
        finally
        {
            metrics.RecordDuration(System, operation, Stopwatch.GetElapsedTime(started));
        }
    }
}
