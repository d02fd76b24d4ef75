using System.Net.Sockets;

namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>
/// Knows whether the app's port accepts. While it does not, no message is delivered: that is daprd with app health checks, without which a restart of the app
/// would send every message to the dead letters.
/// </summary>
internal sealed class AppWatch(SidecarOptions options, TimeProvider time)
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isProbing;

    /// <summary>Was up once: the sidecar's health says ready from then on, whatever the app does later.</summary>
    public bool WasUp { get; private set; }

    public bool IsUp => _up.Task.IsCompletedSuccessfully;

    /// <summary>Waits until the app accepts connections.</summary>
    public Task UntilUpAsync(CancellationToken stopping)
    {
        lock (_gate)
        {
            if (!IsUp && !_isProbing)
            {
                _isProbing = true;
                _ = ProbeAsync(stopping);
            }

            return _up.Task.WaitAsync(stopping);
        }
    }

    /// <summary>A connection was refused.</summary>
    public void MarkDown()
    {
        lock (_gate)
        {
            if (IsUp)
                _up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && !await AcceptsAsync(stopping).ConfigureAwait(false))
            await Task.Delay(ProbeInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _isProbing = false;
            if (stopping.IsCancellationRequested)
                return;
            WasUp = true;
            _up.TrySetResult();
        }
    }

    private async Task<bool> AcceptsAsync(CancellationToken stopping)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", options.AppPort, stopping).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // Not there yet is the normal state this loop waits out.
            return false;
        }
    }
}
