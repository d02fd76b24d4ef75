using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>A test with a gateway before a scripted shop, warmed up.</summary>
public abstract class GatewayTest : IAsyncLifetime
{
    private protected ScriptedSidecar Sidecar { get; private set; } = null!;

    private protected RunningGateway Gateway { get; private set; } = null!;

    protected virtual string[] Settings => [];

    public virtual async Task InitializeAsync()
    {
        Sidecar = await ScriptedSidecar.StartAsync();
        ScriptedShop.Open(Sidecar);
        Gateway = await (await RunningGateway.StartAsync(Sidecar.Address, Settings)).WarmAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Sidecar.DisposeAsync();
    }
}
