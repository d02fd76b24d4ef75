using System.Globalization;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>A form's texts as values. An empty field is null; what cannot be read is a fault, and all faults are told at once.</summary>
internal sealed class FieldReading(FormFields fields)
{
    private readonly List<InputFault> _faults = [];
    private readonly List<FormFault> _placed = [];

    public IReadOnlyList<InputFault> Faults => _faults;

    /// <summary>The same faults, each with its field.</summary>
    public IReadOnlyList<FormFault> Placed => _placed;

    public string this[string name] => fields[name];

    public bool Says(string name) => !string.IsNullOrWhiteSpace(fields[name]);

    /// <summary>A percentage of something, as 0..1.</summary>
    public double? Share(string name, string what) => Says(name) ? Percent.Read(fields[name]) ?? Fault<double>(name, what, "must be a percentage from 0 to 100, such as 50") : null;

    /// <summary>Any percentage: a change.</summary>
    public double? Part(string name, string what) => Says(name) ? Percent.ReadAny(fields[name]) ?? Fault<double>(name, what, "must be a percentage, such as 5") : null;

    public double? Number(string name, string what, string example) => !Says(name) ? null
        : double.TryParse(fields[name].Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : Fault<double>(name, what, $"must be a number, such as {example}");

    public long? Whole(string name, string what, string example) => !Says(name) ? null
        : long.TryParse(fields[name], NumberStyles.AllowThousands | NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : Fault<long>(name, what, $"must be a whole number, such as {example}");

    /// <summary>The same where more than an <see cref="int"/> makes no sense.</summary>
    public int? Small(string name, string what, string example) => Whole(name, what, example) is not { } number ? null
        : number is >= int.MinValue and <= int.MaxValue ? (int)number : Fault<int>(name, what, $"must be a whole number, such as {example}");

    public DateTimeOffset? Moment(string name, string what) =>
        Says(name) ? Moments.Read(fields[name]) ?? Fault<DateTimeOffset>(name, what, "must be a date and time, such as 2026-03-01T08:00") : null;

    private T? Fault<T>(string name, string what, string rule)
        where T : struct
    {
        _faults.Add(new InputFault(what, fields[name], rule));
        _placed.Add(new FormFault(name, $"{what} is “{fields[name]}”: {rule}."));
        return null;
    }
}
