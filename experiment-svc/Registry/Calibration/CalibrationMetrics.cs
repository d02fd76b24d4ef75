using System.Diagnostics.Metrics;

namespace Splitrail.ExperimentSvc.Registry.Calibration;

/// <summary>What the last look at served scores found; docs/operations.md says what to do about it.</summary>
internal sealed class CalibrationMetrics
{
    private volatile IReadOnlyList<ServedCalibration> _found = [];

    public CalibrationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ExperimentMetrics.MeterName);
        Gauge(meter, "calibration_error", "Mean |promised - observed| over ten groups of served scores, by model.", static one => one.Error);
        Gauge(meter, "promised", "Mean probability that the ranker gave to the items shown, by model.", static one => one.Promised);
        Gauge(meter, "observed", "Share of the items shown that were clicked, put into a cart, bought or liked, by model.", static one => one.Observed);
        Gauge(meter, "calibration_items", "Shown items that the calibration is of, by model.", static one => one.Items);
    }

    /// <summary>By model; empty while there is too little.</summary>
    public IReadOnlyList<ServedCalibration> Latest => _found;

    public void Found(IReadOnlyList<ServedCalibration> found) => _found = found;

    private void Gauge(Meter meter, string name, string description, Func<ServedCalibration, double> value) => meter.CreateObservableGauge(
        $"splitrail.served.{name}", () => _found.Select(one => new Measurement<double>(value(one), new KeyValuePair<string, object?>("model", one.Model))), null, description);
}
