using Microsoft.AspNetCore.Http;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Pages.Demo;
using Splitrail.ExperimentSvc.Storefront;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Demo;

public sealed class ShopperCookieTests
{
    [Fact]
    public void A_shopper_comes_back_as_he_was()
    {
        var shopper = Shopper.New("demo-1", "u1").Showing([new ShopItem { ItemId = "x" }]).With(new Step(EventTypes.Rating, "a", 4, "r")).Adding("b");

        var read = Read(Written(shopper));

        (read.Session, read.User, read.Count).ShouldBe(("demo-1", "u1", 1));
        read.Steps.ShouldBe(shopper.Steps);
        read.Cart.ShouldBe(["b"]);
        read.Shown.ShouldBe(["x"]);
        read.Before.ShouldBe(["x"]);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    [InlineData("eyJTZXNzaW9uIjoiYSBiIn0")]
    public void What_is_no_shopper_begins_as_a_new_guest(string cookie)
    {
        var read = Read(cookie);

        read.User.ShouldBeNull();
        read.Steps.ShouldBeEmpty();
        read.Session.ShouldStartWith("demo-");
    }

    [Fact]
    public void Two_new_guests_have_sessions_of_their_own() => ShopperCookie.Anew(null).Session.ShouldNotBe(ShopperCookie.Anew(null).Session);

    [Fact]
    public void Long_ids_fit_a_cookie_because_the_oldest_steps_are_forgotten()
    {
        var shopper = Enumerable.Range(0, 16).Aggregate(Shopper.New("demo-1", "u1"), static (one, i) => one.With(new Step(EventTypes.View, new string('x', 250) + i)));

        var cookie = Written(shopper);

        cookie.Length.ShouldBeLessThan(3700);
        var read = Read(cookie);
        read.Session.ShouldBe("demo-1");
        read.Count.ShouldBe(16);
        read.Steps[^1].ShouldBe(shopper.Steps[^1]);
    }

    private static string Written(Shopper shopper)
    {
        var http = new DefaultHttpContext();
        ShopperCookie.Write(http.Response, shopper, secure: false);
        return http.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2)[1];
    }

    private static Shopper Read(string cookie)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"{ShopperCookie.Name}={cookie}";
        return ShopperCookie.Read(http.Request);
    }
}
