using System.Security.Cryptography;
using System.Text;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>The link that <c>./run</c> prints: good for one sign-in as administrator.</summary>
internal sealed class OneTimeLink(ConsoleOptions options)
{
    /// <summary>Who has come in by it, in the history.</summary>
    public const string Name = "owner";

    private int _used;

    /// <summary>True once, for the right token.</summary>
    public bool TryUse(string token) =>
        options.LinkToken is { } right
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(right))
        && Interlocked.Exchange(ref _used, 1) == 0;
}
