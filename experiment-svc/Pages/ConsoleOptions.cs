using System.Security.Cryptography.X509Certificates;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Pages.SignIn;
using Splitrail.ExperimentSvc.Results.Trail;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>Settings of section <c>ExperimentSvc:Console</c>: who may sign in, and how.</summary>
/// <param name="Accounts">People with a key of their own.</param>
/// <param name="LinkToken">Signs in once, as an administrator: for the first visit of a laptop; null means there is no such link.</param>
/// <param name="Proxy">A proxy in front that has signed people in already; null (the default) believes nobody.</param>
/// <param name="SignedInFor">After so long without a visit one signs in anew.</param>
/// <param name="LockoutAfter">Wrong keys of an account before it is locked.</param>
/// <param name="LockoutFor">How long, the first time; it doubles with every further wrong key.</param>
/// <param name="CurveStep">Time between the points of curves, while they are young.</param>
/// <param name="KeyCertificate">Encrypts the keys of cookies in the database; null leaves them as they are.</param>
/// <param name="SecureCookie">Sends the cookie over HTTPS only, whatever the request came by.</param>
internal sealed record ConsoleOptions(
    IReadOnlyList<Account> Accounts, string? LinkToken, ForwardedPeople? Proxy, TimeSpan SignedInFor, int LockoutAfter, TimeSpan LockoutFor, TimeSpan CurveStep,
    X509Certificate2? KeyCertificate, bool SecureCookie)
{
    private const int LeastToken = 16;

    public static ConsoleOptions From(IConfigurationSection section, List<string> faults)
    {
        var token = section[nameof(LinkToken)] is { Length: > 0 } given ? given : null;
        if (token is { Length: < LeastToken })
            faults.Add($"{section.Path}:{nameof(LinkToken)} has {token.Length} characters: give {LeastToken} or more random ones.");
        return new ConsoleOptions(
            AccountSettings.Read(section.GetSection(nameof(Accounts)), faults),
            token,
            ForwardedPeople.From(section.GetSection(nameof(Proxy)), faults),
            SettingText.Span(section, nameof(SignedInFor), TimeSpan.FromHours(12), TimeSpan.FromMinutes(1), TimeSpan.FromDays(30), faults),
            SettingText.Number(section, nameof(LockoutAfter), 5, 1, 100, faults),
            SettingText.Span(section, nameof(LockoutFor), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), faults),
            SettingText.Span(section, nameof(CurveStep), ResultTrail.Step, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), faults),
            SignIn.KeyCertificate.Read(section, faults),
            SettingText.Switch(section, nameof(SecureCookie), faults));
    }
}
