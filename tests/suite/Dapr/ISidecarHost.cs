using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Splitrail.Local;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>The running sidecar behind a client of its API.</summary>
public interface ISidecarHost : IAsyncDisposable
{
    Task StopAsync();

    /// <summary>Ends when the sidecar has stopped by itself.</summary>
    Task EndedAsync();
}

/// <summary>An embedded sidecar in this process.</summary>
internal sealed class EmbeddedHost(WebApplication app) : ISidecarHost
{
    public Task StopAsync() => app.StopAsync();

    public Task EndedAsync() => app.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A sidecar as a process of its own.</summary>
internal sealed class ProcessHost : ISidecarHost
{
    private readonly System.Diagnostics.Process _process;
    private readonly Task<string>[] _output;

    public ProcessHost(ProcessPlan plan)
    {
        _process = plan.Start();
        // Read to the end, or a full pipe would stop it.
        _output = [_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync()];
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>All it wrote; when it has ended.</summary>
    public async Task<string> OutputAsync() => string.Concat(await Task.WhenAll(_output));

    /// <summary>SIGKILL: nothing is flushed, nothing said goodbye.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
    }

    public async Task StopAsync()
    {
        using var ask = System.Diagnostics.Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await EndedAsync();
    }

    public Task EndedAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Task.WhenAll(_output);
        _process.Dispose();
    }
}
