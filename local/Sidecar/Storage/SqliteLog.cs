using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Splitrail.Local.Sidecar.Storage;

/// <summary>
/// One SQLite file in WAL mode, shared with other sidecars and processes. All writes of this sidecar go through one loop that commits whatever has gathered
/// meanwhile in one transaction; a write is answered after its commit.
/// </summary>
internal sealed class SqliteLog : IAsyncDisposable
{
    private const int LargestGroup = 512;

    private readonly string _path;
    private readonly Channel<Write> _writes = Channel.CreateUnbounded<Write>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteSession _writer;
    private readonly SqliteSession _watcher;
    private readonly Task _loop;

    public SqliteLog(string path, string schema)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _writer = new SqliteSession(path);
        _writer.Run($"BEGIN IMMEDIATE; {schema} COMMIT;");
        _watcher = new SqliteSession(path);
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Changes whenever anybody commits, in this process or another. Not for two threads at once.</summary>
    public long Version() => _watcher.Number("PRAGMA data_version");

    /// <summary>Runs <paramref name="work"/> inside the next transaction and answers after its commit.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work)
    {
        var write = new Write<T>(work);
        await _writes.Writer.WriteAsync(write).ConfigureAwait(false);
        return await write.Done.ConfigureAwait(false);
    }

    public T Read<T>(Func<SqliteSession, T> work)
    {
        if (!_readers.TryTake(out var session))
            session = new SqliteSession(_path);
        try
        {
            return work(session);
        }
        finally
        {
            _readers.Add(session);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _writer.Dispose();
        _watcher.Dispose();
        foreach (var reader in _readers)
            reader.Dispose();
    }

    private async Task WriteAsync()
    {
        List<Write> group = new(LargestGroup);
        while (await _writes.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < LargestGroup && _writes.Reader.TryRead(out var write))
                group.Add(write);
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            _writer.Run("BEGIN IMMEDIATE");
            foreach (var write in group)
                write.Run(_writer);
            _writer.Run("COMMIT");
        }
#pragma warning disable CA1031 // Whatever broke the transaction, every caller in it must hear of it and the loop must go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Rollback();
            group.ForEach(write => write.Fail(fault));
            return;
        }

        group.ForEach(static write => write.Complete());
    }

    private void Rollback()
    {
        try
        {
            _writer.Run("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite had already rolled back by itself (disk full, I/O error); the callers get the first fault.
        }
    }

    private abstract class Write
    {
        public abstract void Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception fault);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Done => _done.Task;

        public override void Run(SqliteSession session) => _result = work(session);

        public override void Complete() => _done.SetResult(_result!);

        public override void Fail(Exception fault) => _done.SetException(fault);
    }
}
