using System.Runtime.InteropServices;

namespace Splitrail.Local;

/// <summary>A child process that is started again when it ends without being asked to.</summary>
public sealed partial class WatchedProcess(string name, ProcessPlan plan, Action<string> print) : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stopping = new();
    private volatile int _processId;
    private volatile bool _held;
    private Task? _watch;

    public string Name { get; } = name;

    public int? ProcessId => _processId is > 0 and var id ? id : null;

    public void Start() => _watch = WatchAsync();

    /// <summary>Kills without warning (SIGKILL). It comes back by itself, unless <paramref name="hold"/> keeps it down until <see cref="Release"/>.</summary>
    public void Kill(bool hold = false)
    {
        _held = hold;
        Send(SigKill);
    }

    /// <summary>Lets a process that was held down start again.</summary>
    public void Release() => _held = false;

    /// <summary>Asks to end (SIGTERM), then kills.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Send(SigTerm);
        if (_watch is not null && await Task.WhenAny(_watch, Task.Delay(StopTimeout)) != _watch)
            Send(SigKill);
        if (_watch is { } watch)
            await watch;
        _stopping.Dispose();
    }

    /// <summary>By number: the object of a process that ends by itself just now may be gone already.</summary>
    private void Send(int signal)
    {
        if (_processId is > 0 and var id)
            _ = Signal(id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);

    private async Task WatchAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (!_held)
                await RunOnceAsync();
            if (_stopping.IsCancellationRequested)
                return;
            if (!_held)
                print($"{Name} ended; it is started again in {RestartDelay.TotalSeconds:0} s");
            await Task.Delay(_held ? TimeSpan.FromMilliseconds(50) : RestartDelay, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnceAsync()
    {
        using var process = plan.Start();
        _processId = process.Id;
        await Task.WhenAll(Pass(process.StandardOutput), Pass(process.StandardError), process.WaitForExitAsync());
        _processId = 0;
    }

    private async Task Pass(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
            print($"{Name}: {line}");
    }
}
