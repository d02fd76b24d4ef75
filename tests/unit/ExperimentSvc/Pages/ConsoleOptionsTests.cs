using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Pages;
using Splitrail.ExperimentSvc.Pages.SignIn;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages;

public sealed class ConsoleOptionsTests
{
    [Fact]
    public void Every_fault_is_told_with_its_fix()
    {
        Read(
            new()
            {
                ["LinkToken"] = "short",
                ["Accounts:0:Name"] = "no spaces", ["Accounts:0:Role"] = "boss", ["Accounts:0:Key"] = "tiny",
                ["Accounts:1:Name"] = "bob", ["Accounts:1:Role"] = "viewer",
                ["Proxy:Secret"] = "x", ["LockoutAfter"] = "0",
            },
            out var faults);
        faults.Count.ShouldBe(8);
        faults.ShouldContain(static fault => fault.Contains("Accounts:0:Role is 'boss': give one of viewer, editor, approver, admin."));
        faults.ShouldContain(static fault => fault.Contains("Accounts:1: give either Key or KeySha256."));
        faults.ShouldContain(static fault => fault.Contains("Proxy:Groups is empty"));
    }

    [Fact]
    public void A_key_opens_its_account_as_text_and_as_hash()
    {
        const string Key = "a-long-enough-key";
        var options = Read(
            new()
            {
                ["Accounts:0:Name"] = "ada", ["Accounts:0:Role"] = "editor", ["Accounts:0:Key"] = Key,
                ["Accounts:1:Name"] = "bob", ["Accounts:1:Role"] = "admin", ["Accounts:1:KeySha256"] = Convert.ToHexString(Account.HashOf(Key)),
            },
            out var faults);
        faults.ShouldBeEmpty();
        options.Accounts.ShouldAllBe(static account => account.Opens(Key) && !account.Opens("a-long-enough-keY"));
        options.Accounts[1].Role.ShouldBe(Role.Admin);
    }

    [Fact]
    public void A_proxy_is_believed_only_with_its_secret_and_for_groups_that_have_a_role()
    {
        var options = Read(new() { ["Proxy:Secret"] = "sixteen characters", ["Proxy:Groups:owners"] = "editor", ["Proxy:Groups:leads"] = "approver" }, out var faults);
        faults.ShouldBeEmpty();
        options.Proxy!.Find(Request("sixteen characters", "ada@shop.example", "others, owners,leads")).ShouldBe(("ada@shop.example", Role.Approver));
        options.Proxy.Find(Request("sixteen characterS", "ada@shop.example", "owners")).ShouldBeNull();
        options.Proxy.Find(Request("sixteen characters", "ada@shop.example", "others")).ShouldBeNull();
        options.Proxy.Find(Request("sixteen characters", "no spaces", "owners")).ShouldBeNull();
        Read([], out _).Proxy.ShouldBeNull("nobody is believed by default");
    }

    private static HttpRequest Request(string secret, string user, string groups)
    {
        var request = new DefaultHttpContext().Request;
        (request.Headers[ForwardedPeople.SecretHeader], request.Headers["X-Forwarded-User"], request.Headers["X-Forwarded-Groups"]) = (secret, user, groups);
        return request;
    }

    private static ConsoleOptions Read(Dictionary<string, string?> settings, out List<string> faults)
    {
        faults = [];
        var root = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static one => $"Console:{one.Key}", static one => one.Value)).Build();
        return ConsoleOptions.From(root.GetSection("Console"), faults);
    }
}
