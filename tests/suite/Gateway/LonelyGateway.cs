using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>A gateway without a sidecar.</summary>
public sealed class LonelyGateway : IAsyncLifetime
{
    internal RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync() => Gateway = await RunningGateway.StartAsync("http://127.0.0.1:9");

    public async Task DisposeAsync() => await Gateway.DisposeAsync();
}
