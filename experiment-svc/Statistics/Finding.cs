using System.Diagnostics.CodeAnalysis;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>A statistic, or the reason why there is none yet. What is in it is finite: a statistic never says NaN.</summary>
internal readonly record struct Finding<T>
    where T : struct
{
    private readonly T _value;
    private readonly NotYet? _reason;

    private Finding(T value, NotYet? reason) => (_value, _reason) = (value, reason);

    /// <summary>Why there is nothing yet; null when there is.</summary>
    public NotYet? Reason => _reason;

    public bool IsKnown => _reason is null;

    /// <exception cref="InvalidOperationException">There is none yet.</exception>
    public T Value => _reason is null ? _value : throw new InvalidOperationException($"not yet: {_reason}");

    public bool TryGet(out T value)
    {
        value = _value;
        return _reason is null;
    }

    /// <summary>The same of something computed from this, or the reason handed on.</summary>
    public Finding<TNext> Then<TNext>([NotNull] Func<T, Finding<TNext>> next)
        where TNext : struct
        => _reason is { } reason ? reason : next(_value);

    public static implicit operator Finding<T>(T value) => new(value, null);

    public static implicit operator Finding<T>(NotYet reason) => new(default, reason);
}
