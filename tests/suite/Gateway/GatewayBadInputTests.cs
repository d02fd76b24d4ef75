using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>A gateway that stands alone refuses what is wrong, and says what, why, and what would be right.</summary>
public sealed class GatewayBadInputTests(LonelyGateway lonely) : IClassFixture<LonelyGateway>
{
    private static readonly string[] s_posts = ["/v1/recommendations", "/recommend", "/v1/events"];

    /// <summary>As they stand in JSON: too short, too long, NUL, newline, control, emoji, half of one, path, blank, slash, markup, accent.</summary>
    private static readonly string[] s_badIds =
    [
        "", new string('x', 257), new string('x', 1000), "a\\u0000b", "a\\nb", "a\\u007f", "\\ud83d\\ude00", "\\ud800", "../etc/passwd", "a b", "a/b", "<script>", "é",
    ];

    /// <summary>Bodies with the member they must be refused for.</summary>
    public static TheoryData<string, string, string> BadBodies
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var path in s_posts)
            {
                foreach (var body in new[] { "", "{", "nonsense", "null", "5", "\"text\"", "{\"a\":1,}", "{'a':1}", "{} {}", "\uFEFF{", "{\"user_id\":\"\\x\"}", new string('[', 5000) })
                    cases.Add(path, body, "body");
                cases.Add(path, """{"nobody_knows_me":1}""", "nobody_knows_me");
                cases.Add(path, """{"user_id":"a","user_id":"a"}""", "user_id");
                cases.Add(path, """{"USER_ID":"a"}""", "USER_ID");
                foreach (var wrong in new[] { "5", "true", "[]", "{}" })
                    cases.Add(path, $$"""{"user_id":{{wrong}}}""", "user_id");
            }

            foreach (var path in s_posts[..2])
                AddRecommendationCases(cases, path);
            AddEventCases(cases);
            return cases;
        }
    }

    /// <summary>Paths with the member they must be refused for.</summary>
    public static TheoryData<string, string> BadQueries
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var count in new[] { "0", "-1", "501", "10001", "ten", "1.5", "", "99999999999999999999", "1e1", " 1", "%00" })
            {
                cases.Add($"/recommend/u1?top_k={count}", "top_k");
                foreach (var list in new[] { "/v1/popular?", "/v1/items/i1/similar?", "/v1/search?q=tea&" })
                    cases.Add($"{list}num_items={count}", "num_items");
                if (count != "501")
                    cases.Add($"/users?limit={count}", "limit");
            }

            foreach (var id in new[] { "a%20b", "%F0%9F%98%80", "a%0Ab", "..%2F..%2Fetc", "a%2Fb", "%3Cscript%3E", new string('x', 257), new string('x', 1000) })
            {
                cases.Add($"/recommend/{id}", "user_id");
                cases.Add($"/v1/items/{id}/similar", "id");
                cases.Add($"/users?after={id}", "after");
            }

            foreach (var path in new[] { "/recommend/u1", "/v1/items/i1/similar", "/v1/popular", "/users", "/stats", "/model/info", "/cache_stats", "/" })
                cases.Add($"{path}?nobody_knows_me=1", "nobody_knows_me");
            foreach (var (query, member) in new[]
            {
                ("category=", "category"), ("category=a%00", "category"), ("category=a&category=b", "category"), ("min_price=-1", "min_price"), ("min_price=x", "min_price"),
                ("max_price=1000000001", "max_price"), ("min_price=5&max_price=4", "max_price"), ("in_stock_only=maybe", "in_stock_only"),
            })
            {
                foreach (var list in new[] { "/v1/popular?", "/v1/items/i1/similar?", "/v1/search?q=tea&" })
                    cases.Add(list + query, member);
            }

            cases.Add("/recommend/", "user_id");
            cases.Add("/v1/search", "q");
            cases.Add("/v1/search?q=", "q");
            cases.Add("/v1/search?q=a%0Ab", "q");
            cases.Add($"/v1/search?q={new string('x', 257)}", "q");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_body_is_refused_with_member_value_and_rule(string path, string body, string member)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await ShouldBeRefusedAsync(await lonely.Gateway.Http.PostAsync(path, content), member);
    }

    [Theory]
    [MemberData(nameof(BadQueries))]
    public async Task A_bad_path_or_query_is_refused_with_member_value_and_rule(string path, string member) =>
        await ShouldBeRefusedAsync(await lonely.Gateway.Http.GetAsync(path), member);

    [Theory]
    [InlineData("/cache_warmup?force=perhaps", "force")]
    [InlineData("/cache_warmup?force=true&force=true", "force")]
    [InlineData("/cache_clear?everything=1", "everything")]
    public async Task A_bad_query_of_a_command_is_refused_too(string path, string member) =>
        await ShouldBeRefusedAsync(await lonely.Gateway.Http.PostAsync(path, null), member);

    [Theory]
    [InlineData("POST", "/v1/recommendations", "text/plain", 415)]
    [InlineData("POST", "/recommend", "application/x-www-form-urlencoded", 415)]
    [InlineData("POST", "/v1/events", "application/xml", 415)]
    [InlineData("PUT", "/v1/recommendations", "application/json", 405)]
    [InlineData("DELETE", "/v1/events", null, 405)]
    [InlineData("POST", "/stats", "application/json", 405)]
    [InlineData("GET", "/cache_clear", null, 405)]
    [InlineData("GET", "/v1/recommendation", null, 404)]
    [InlineData("GET", "/recommend/a/b", null, 404)]
    [InlineData("GET", "/%2e%2e/%2e%2e/etc/passwd", null, 404)]
    [InlineData("POST", "/v1/items//similar", "application/json", 404)]
    public async Task What_is_no_request_at_all_is_a_problem_document_with_a_detail(string method, string path, string? contentType, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = contentType is null ? null : new StringContent("{}", null, contentType) };

        using var answer = await lonely.Gateway.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        (await ProblemOf(answer)).GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("/v1/recommendations")]
    [InlineData("/v1/events")]
    public async Task A_body_too_large_is_a_413(string path)
    {
        using var content = new StringContent(new string(' ', 5 * 1024 * 1024), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // The gateway refuses it by its length and hangs up: who asks first whether to go on gets to read why.
        request.Headers.ExpectContinue = true;

        using var answer = await lonely.Gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ProblemOf(answer)).GetProperty("detail").GetString()!.ShouldContain("too large");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"user_id":"nobody-ever-heard-of"}""")]
    [InlineData("""{"user_id":null,"session_items":["unknown-item"],"num_items":500,"filters":{"categories":[]},"context":{"page":"home"},"explain":false}""")]
    public async Task What_is_merely_unknown_is_answered(string body)
    {
        var answer = await lonely.Gateway.RecommendAsync(body);

        answer.Level().ShouldBe(4);
        answer.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
    }

    private static void AddRecommendationCases(TheoryData<string, string, string> cases, string path)
    {
        foreach (var count in new[] { "0", "-1", "501", "10001", "\"ten\"", "\"10\"", "1.5", "1e99", "true", "99999999999999999999" })
            cases.Add(path, $$"""{"num_items":{{count}}}""", "num_items");
        foreach (var id in s_badIds)
        {
            cases.Add(path, $$"""{"user_id":"{{id}}"}""", "user_id");
            cases.Add(path, $$"""{"session_id":"{{id}}"}""", "session_id");
            // Half an emoji is no text at all, so the list's element is named by its place all the same.
            cases.Add(path, $$"""{"session_items":["good","{{id}}"]}""", "session_items[1]");
            cases.Add(path, $$$"""{"filters":{"exclude_items":["{{{id}}}"]}}""", "filters.exclude_items[0]");
        }

        foreach (var (body, member) in new[]
        {
            ("""{"session_items":[null]}""", "session_items[0]"), ("""{"session_items":"a"}""", "session_items"), ("""{"session_items":[1]}""", "session_items[0]"),
            ($$"""{"session_items":[{{string.Join(',', Enumerable.Repeat("\"a\"", 101))}}]}""", "session_items"),
            ("""{"explain":"yes"}""", "explain"), ("""{"context":"home"}""", "context"), ("""{"context":{"page":""}}""", "context.page"),
            ("""{"context":{"page":"a\u0000"}}""", "context.page"), ("""{"context":{"pages":"a"}}""", "context.pages"), ("""{"filters":5}""", "filters"),
            ("""{"filters":{"min_price":-1}}""", "filters.min_price"), ("""{"filters":{"max_price":1e30}}""", "filters.max_price"),
            ("""{"filters":{"min_price":3,"max_price":2}}""", "filters.max_price"), ("""{"filters":{"min_price":"3"}}""", "filters.min_price"),
            ("""{"filters":{"categories":[""]}}""", "filters.categories[0]"), ("""{"filters":{"categories":[5]}}""", "filters.categories[0]"),
            ("""{"filters":{"exclude_bought_days":-1}}""", "filters.exclude_bought_days"), ("""{"filters":{"exclude_viewed_days":9999}}""", "filters.exclude_viewed_days"), ("""{"filters":{"in_stock_only":1}}""", "filters.in_stock_only"),
            ("""{"filters":{"x":1}}""", "filters.x"), ("""{"filters":{"min_price":1,"min_price":1}}""", "filters.min_price"),
        })
            cases.Add(path, body, member);
    }

    private static void AddEventCases(TheoryData<string, string, string> cases)
    {
        const string path = "/v1/events";
        foreach (var id in s_badIds)
        {
            cases.Add(path, $$"""{"type":"view","user_id":"{{id}}","item_id":"i"}""", "user_id");
            cases.Add(path, $$"""[{"type":"view","user_id":"u","item_id":"{{id}}"}]""", "[0].item_id");
            cases.Add(path, $$"""{"events":[{"type":"view","user_id":"u","item_id":"i","event_id":"{{id}}"}]}""", "events[0].event_id");
        }

        foreach (var (body, member) in new[]
        {
            ("{}", "type"), ("[]", "body"), ("[null]", "[0]"), ("""{"events":[]}""", "events"), ("""{"events":null}""", "events"), ("""{"events":{}}""", "events"),
            ("""{"events":[],"x":1}""", "x"), ("""{"type":"buy","user_id":"u","item_id":"i"}""", "type"), ("""{"type":"view","item_id":"i"}""", "user_id"),
            ("""{"type":"view","user_id":"u"}""", "item_id"), ("""{"type":"view","user_id":"u","item_id":"i","timestamp":5}""", "timestamp"),
            ("""{"type":"view","user_id":"u","item_id":"i","timestamp":"yesterday"}""", "timestamp"),
            ("""{"type":"view","user_id":"u","item_id":"i","timestamp":"9999-01-01T00:00:00Z"}""", "timestamp"),
            ("""{"type":"purchase","user_id":"u","item_id":"i","quantity":0}""", "quantity"), ("""{"type":"purchase","user_id":"u","item_id":"i","value":-1}""", "value"),
            ("""{"type":"rating","user_id":"u","item_id":"i"}""", "value"),
            ($$"""[{{string.Join(',', Enumerable.Repeat("{}", 1001))}}]""", "body"),
        })
            cases.Add(path, body, member);
    }

    private static async Task ShouldBeRefusedAsync(HttpResponseMessage answer, string member)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var problem = await ProblemOf(answer);
            problem.GetProperty("member").GetString().ShouldBe(member);
            problem.GetProperty("value").GetString().ShouldNotBeNull();
            problem.GetProperty("rule").GetString().ShouldNotBeNullOrEmpty();
            var detail = problem.GetProperty("detail").GetString()!;
            detail.ShouldContain(problem.GetProperty("rule").GetString()!);
            detail.ShouldNotContain("Splitrail.", Case.Sensitive, "names of types are nobody's business");
            problem.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    private static async Task<JsonElement> ProblemOf(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
