using System.Diagnostics.CodeAnalysis;

namespace Splitrail.Dapr;

/// <summary>Success, or the fault. The default value is success.</summary>
public readonly record struct DaprResult(DaprFault? Fault)
{
    public static DaprResult Success => default;

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSuccess => Fault is null;

    public static implicit operator DaprResult(DaprFault fault) => new(fault);
}

/// <summary>A value, or the fault that took its place.</summary>
public readonly struct DaprResult<T>
{
    private readonly T? _value;

    public DaprResult(T value) => _value = value;

    public DaprResult(DaprFault fault) => Fault = fault;

    public DaprFault? Fault { get; }

    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSuccess => Fault is null;

    /// <summary>Reading it from a fault is a bug of the caller.</summary>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public T Value => Fault is null ? _value! : throw new InvalidOperationException($"There is no value, the call failed: {Fault}");

    public bool TryGetValue([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out DaprFault? fault)
    {
        value = _value;
        fault = Fault;
        return fault is null;
    }

    public static implicit operator DaprResult<T>(T value) => new(value);

    public static implicit operator DaprResult<T>(DaprFault fault) => new(fault);
}
