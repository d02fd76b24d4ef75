using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Hosting;
using Splitrail.Telemetry;
using Xunit;

namespace Splitrail.Tests.Unit.Hosting;

public sealed class RequestLoggingTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SteppedTime _time = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_share_of_the_requests_is_logged_and_every_service_logs_the_same_ones()
    {
        var (one, another) = (Logging(("log-sample", "0.1")), Logging(("log-sample", "0.1")));
        var logged = 0;
        for (var i = 0; i < 20_000; i++)
        {
            using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
            one.Samples(activity).ShouldBe(another.Samples(activity));
            logged += one.Samples(activity) ? 1 : 0;
        }

        // Ids are random: 2,000 give or take; this is twelve standard deviations.
        logged.ShouldBeInRange(1_500, 2_500);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    public void None_and_all_are_shares_too(string sample, bool logged)
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        Logging(("log-sample", sample)).Samples(activity).ShouldBe(logged);
    }

    [Fact]
    public void Of_failures_so_many_are_logged_per_second_and_the_others_are_counted()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var metrics = new PrometheusExporter(meters, _time);
        metrics.Start();
        var logging = Logging(("log-failures", "2"));

        Enumerable.Range(0, 5).Select(_ => logging.TakesFailure()).ShouldBe([true, true, false, false, false]);
        metrics.Write().ShouldContain("splitrail_log_left_out_total 3\n");
        _time.Now += TimeSpan.FromSeconds(1);
        logging.TakesFailure().ShouldBeTrue();
    }

    [Theory]
    [InlineData("log-sample", "2")]
    [InlineData("log-sample", "half")]
    [InlineData("log-failures", "0")]
    public void What_is_no_share_or_number_is_refused_with_the_value(string key, string value) =>
        Should.Throw<OptionsFaultException>(() => Logging((key, value))).Faults.ShouldHaveSingleItem().ShouldStartWith($"--{key} is '{value}'; give ");

    private RequestLogging Logging(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static one => one.Key, static one => (string?)one.Value)).Build(),
        _services.GetRequiredService<IMeterFactory>(), _time);

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
