namespace Splitrail.Dapr;

/// <param name="Key">The key.</param>
/// <param name="Value">Its value; the default when there is none.</param>
/// <param name="ETag">Opaque; null when the key does not exist.</param>
/// <param name="Error">Why this one could not be read, in a bulk answer.</param>
public readonly record struct StateEntry<T>(string Key, T? Value, string? ETag, string? Error = null)
{
    public bool Exists => ETag is not null;
}
