using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Pages.Operation;
using Splitrail.Gateway;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Operation;

public sealed class SystemPagesTests
{
    /// <summary>A row that reads a counter nobody has would stay empty for ever, and look like good news.</summary>
    [Fact]
    public void Every_limit_and_loss_is_a_counter_of_the_gateway()
    {
        HashSet<string> counters = [];
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => counters.Add(instrument.Name.Replace('.', '_') + "_total") };
        listener.Start();
        var factory = services.GetRequiredService<IMeterFactory>();
        _ = new GatewayMetrics(factory);
        _ = new DaprMetrics(factory);
        SystemPages.LimitMetrics.ShouldBeSubsetOf(counters);
    }
}
