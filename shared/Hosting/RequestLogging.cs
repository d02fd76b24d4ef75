using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Splitrail.Hosting;

/// <summary>
/// Which requests get a line in the log. Of those that went well a share, chosen by trace id, so that all services log the same ones; of those that failed a number per second, because an outage
/// at full load would otherwise be an outage of the log as well.
/// </summary>
internal sealed class RequestLogging
{
    public const string SampleKey = "log-sample";
    public const string FailuresKey = "log-failures";
    public const string MeterName = "Splitrail.Hosting";
    private const int DefaultFailures = 50;

    private readonly Counter<long> _leftOut;
    private readonly TimeProvider _time;
    private readonly ulong _sampled;
    private readonly int _failures;
    private readonly Lock _counting = new();
    private long _second;
    private int _inSecond;

    /// <param name="configuration"><c>--log-sample</c> 0 to 1, 0 by default; <c>--log-failures</c> lines per second, 50 by default.</param>
    /// <param name="meters">Counts what is left out.</param>
    /// <param name="time">Seconds to count in.</param>
    /// <exception cref="OptionsFaultException">A setting is no such number.</exception>
    public RequestLogging(IConfiguration configuration, IMeterFactory meters, TimeProvider time)
    {
        var faults = new List<string>();
        var sample = Number(configuration, SampleKey, 0, 1, 0, "0 (none) to 1 (all)", faults);
        _failures = (int)Number(configuration, FailuresKey, 1, 1_000_000, DefaultFailures, "1 to 1000000", faults);
        OptionsFaultException.ThrowIfAny("logging", faults);
        _sampled = (ulong)(sample * (1UL << 32));
        _time = time;
        _leftOut = meters.Create(MeterName).CreateCounter<long>("splitrail.log.left_out", "{line}", "Lines about failed requests that were not written, because there were too many in a second.");
    }

    /// <summary>Whether a request that went well is logged.</summary>
    public bool Samples(Activity? activity)
    {
        if (_sampled == 0 || activity is null)
            return false;
        Span<byte> id = stackalloc byte[16];
        activity.TraceId.CopyTo(id);
        // The last bytes: the first ones are a clock in some tracers.
        return BinaryPrimitives.ReadUInt32BigEndian(id[12..]) < _sampled;
    }

    /// <summary>Whether a request that failed is logged; one that is not is counted.</summary>
    public bool TakesFailure()
    {
        var second = _time.GetUtcNow().ToUnixTimeSeconds();
        lock (_counting)
        {
            if (second != _second)
                (_second, _inSecond) = (second, 0);
            if (_inSecond < _failures)
            {
                _inSecond++;
                return true;
            }
        }

        _leftOut.Add(1);
        return false;
    }

    private static double Number(IConfiguration configuration, string key, double min, double max, double otherwise, string rule, List<string> faults)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return otherwise;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        faults.Add($"--{key} is '{text}'; give {rule}.");
        return otherwise;
    }
}
