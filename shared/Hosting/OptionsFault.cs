namespace Splitrail.Hosting;

/// <summary>The options of a service are wrong: every fault at once, each with the bad value and the fix.</summary>
public sealed class OptionsFaultException(string service, IReadOnlyList<string> faults)
    : Exception($"{service} cannot start:{string.Concat(faults.Select(static fault => $"{Environment.NewLine}  - {fault}"))}")
{
    public IReadOnlyList<string> Faults { get; } = faults;

    public static void ThrowIfAny(string service, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
            throw new OptionsFaultException(service, faults);
    }
}
