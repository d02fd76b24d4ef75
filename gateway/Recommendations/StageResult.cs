using System.Diagnostics.CodeAnalysis;

namespace Splitrail.Gateway.Recommendations;

/// <summary>What a stage made, or the cause why it made nothing.</summary>
internal readonly struct StageResult<T>
    where T : class
{
    public StageResult(T value) => Value = value;

    public StageResult(string cause) => Cause = cause;

    public T? Value { get; }

    public string? Cause { get; }

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? cause)
    {
        value = Value;
        cause = Cause;
        return cause is null;
    }
}
