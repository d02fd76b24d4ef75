using static Splitrail.Tests.Suite.Dapr.Conformance.ConformanceCase;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>State: what both kinds of store answer alike, then where they differ.</summary>
public static class StateCases
{
    public static IEnumerable<ConformanceCase> All() => [.. Common("mem"), .. Common("rs"), .. InMemory(), .. Redis(), .. Routes()];

    private static string Error(string code, string message) => $$"""{"errorCode":"{{code}}","message":"{{message}}"}""";

    private static string Malformed(string message) => Error("ERR_MALFORMED_REQUEST", message);

    private static string IllegalKey(string store, bool withField)
    {
        const string Message = "api error: code = InvalidArgument desc = input key/keyPrefix 'a||b' can't contain '||'";
        const string Google = "\"@type\":\"type.googleapis.com/google.rpc.";
        var field = withField ? "\"field\":\"a||b\"," : "";
        return Malformed(Message)[..^1] + ",\"details\":[{" + Google + "BadRequest\",\"field_violations\":[{" + field + "\"description\":\"" + Message + "\"}]},{"
            + Google + "ResourceInfo\",\"description\":\"\",\"owner\":\"\",\"resource_name\":\"" + store + "\",\"resource_type\":\"state\"},{"
            + Google + "ErrorInfo\",\"domain\":\"dapr.io\",\"metadata\":null,\"reason\":\"DAPR_STATE_ILLEGAL_KEY\"}]}";
    }

    private static IEnumerable<ConformanceCase> Common(string store)
    {
        var path = "/v1.0/state/" + store;
        foreach (var (number, value, got) in new[] { ("k2", "\"str\"", "\"str\""), ("k3", "42", "42"), ("k4", "null", "null"), ("k5", "[1, 2]", "[1,2]"), ("k6", "true", "true") })
        {
            yield return Case($"state.{store}.get.{number}").Post(path, $$"""[{"key":"$k","value":{{value}}}]""").Is(204, "")
                .Get($"{path}/$k").Is(200, got, ("Content-Type", "application/json"));
        }

        yield return Case($"state.{store}.get.k7").Post(path, """[{"key":"$k"}]""").Is(204).Get($"{path}/$k").Is(200, "null");
        yield return Case($"state.{store}.get.missing").Get($"{path}/nope").Is(204, "", ("ETag", null));
        yield return Case($"state.{store}.get.consistency.bad").Post(path, """[{"key":"$k","value":1}]""").Get($"{path}/$k?consistency=bogus").Is(200, "1");
        yield return Case($"state.{store}.save.put").Put(path, """[{"key": "$k", "value": 1}]""").Is(204).Get($"{path}/$k").Is(200, "1");
        yield return Case($"state.{store}.save.notarray").Post(path, """{"key": "k1", "value": 1}""").Is(400, Malformed("json: cannot unmarshal object into Go value of type []state.SetRequest"));
        yield return Case($"state.{store}.save.malformed").Post(path, """[{"key":"k1",""").Is(400, Malformed("unexpected EOF"));
        yield return Case($"state.{store}.save.emptybody").Post(path, "").Is(400, Malformed("EOF"));
        yield return Case($"state.{store}.save.emptyarray").Post(path, "[]").Is(204, "");
        yield return Case($"state.{store}.save.emptykey").Post(path, """[{"key": "", "value": 1}]""").Is(400, Malformed("\\\"key\\\" is a required field"));
        yield return Case($"state.{store}.save.nokey").Post(path, """[{"value": 1}]""").Is(400, Malformed("\\\"key\\\" is a required field"));
        yield return Case($"state.{store}.save.barkey").Post(path, """[{"key": "a||b", "value": 1}]""").Is(400, IllegalKey(store, true));
        yield return Case($"state.{store}.get.barkey").Get(path + "/a%7C%7Cb").Is(400, IllegalKey(store, true));
        yield return Case($"state.{store}.get.slashkey.enc").Post(path, """[{"key":"a/b $k","value":1}]""").Is(204).Get(path + "/a%2Fb%20$k").Is(200, "1");
        yield return Case($"state.{store}.get.slashkey.raw").Get(path + "/a/b%20c").Is(404, Error("ERR_DIRECT_INVOKE", NoAppId));
        yield return Case($"state.{store}.get.emptykey").Get(path + "/").Is(404, Error("ERR_DIRECT_INVOKE", NoAppId));
        yield return Case($"state.{store}.save.contenttype.text").Post(path, """[{"key":"$k","value":1}]""", "text/plain").Is(204);
        yield return Case($"state.{store}.get.md.contenttype").Post(path, """[{"key":"$k","value":"aGk=","metadata":{"contentType":"application/octet-stream"}}]""").Is(204)
            .Get($"{path}/$k").Is(200, "\"aGk=\"");
        yield return Case($"state.{store}.get.whitespace").Post(path, """[{"key":"$k","value":  {"z" : 1.0,  "a":1e3, "big":12345678901234567890}}]""").Is(204)
            .Get($"{path}/$k").Is(200, """{"a":1000,"big":12345678901234567000,"z":1}""").InAnyOrder();
        yield return Case($"state.{store}.bulkget.nokeys").Post(path + "/bulk", """{"keys": []}""").Is(200, "[]\n");
        yield return Case($"state.{store}.bulkget.badjson").Post(path + "/bulk", "{oops").Is(400, Malformed("failed deserializing HTTP body: invalid character 'o' looking for beginning of object key string"));
        yield return Case($"state.{store}.opt.badconcurrency").Post(path, """[{"key":"$k","value":1,"options":{"concurrency":"bogus","consistency":"weird"}}]""")
            .Is(500, Error("ERR_STATE_SAVE", $"failed saving state in state store {store}: unrecognized consistency model 'weird'"));
        yield return Case($"state.{store}.delete.plain").Post(path, """[{"key":"$k","value":1}]""").Delete($"{path}/$k").Is(204, "").Get($"{path}/$k").Is(204);
        yield return Case($"state.{store}.delete.missing").Delete(path + "/nothere").Is(204, "");
        yield return Case($"state.{store}.delete.match").Post(path, """[{"key":"$k","value":1}]""").Get($"{path}/$k").Delete($"{path}/$k", ("If-Match", "$etag")).Is(204).Get($"{path}/$k").Is(204);
        yield return Case($"state.{store}.etag.save.ok").Post(path, """[{"key":"$k","value":1}]""").Get($"{path}/$k")
            .Post(path, """[{"key":"$k","value":3,"etag":"$etag","options":{"concurrency":"first-write"}}]""").Is(204).Get($"{path}/$k").Is(200, "3");
        yield return Case($"state.{store}.ttl.number").Post(path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":3}}]""")
            .Is(400, Malformed("json: cannot unmarshal number into Go struct field SetRequest.metadata of type string"));
        yield return Case($"state.{store}.ttl.zero").Post(path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":"0"}}]""").Is(204).Get($"{path}/$k").Is(200, "\"v\"", ("Metadata.ttlexpiretime", null));
        yield return Case($"state.{store}.tx.ok").Post(path, """[{"key":"$k-3","value":1}]""")
            .Post(path + "/transaction", """{"operations":[{"operation":"upsert","request":{"key":"$k-1","value":{"n":1}}},{"operation":"upsert","request":{"key":"$k-2","value":"s"}},{"operation":"delete","request":{"key":"$k-3"}}]}""").Is(204, "")
            .Get($"{path}/$k-1").Is(200, """{"n":1}""").Get($"{path}/$k-2").Is(200, "\"s\"").Get($"{path}/$k-3").Is(204);
        yield return Case($"state.{store}.tx.put").Put(path + "/transaction", """{"operations":[{"operation":"upsert","request":{"key":"$k","value":1}}]}""").Is(204).Get($"{path}/$k").Is(200, "1");
        yield return Case($"state.{store}.tx.badop").Post(path + "/transaction", """{"operations":[{"operation":"frob","request":{"key":"x1"}}]}""").Is(400, Error("ERR_NOT_SUPPORTED_STATE_OPERATION", "operation type frob not supported"));
        yield return Case($"state.{store}.tx.empty").Post(path + "/transaction", """{"operations": []}""").Is(204);
        yield return Case($"state.{store}.tx.malformed").Post(path + "/transaction", """{"operations":""").Is(400, Malformed("failed deserializing HTTP body: unexpected EOF"));
        yield return Case($"state.{store}.tx.barkey").Post(path + "/transaction", """{"operations":[{"operation":"upsert","request":{"key":"a||b","value":1}}]}""").Is(400, IllegalKey(store, false));
    }

    private static IEnumerable<ConformanceCase> InMemory()
    {
        const string Path = "/v1.0/state/mem";
        const string Mismatch = "failed saving state in state store mem: possible etag mismatch. error from state store: ";
        yield return Case("state.mem.get.unicode").Post(Path, """[{"key":"$k","value":"hé \u2603 <&>"}]""").Get(Path + "/$k").Is(200, "\"hé ☃ \\u003c\\u0026\\u003e\"");
        yield return Case("numbers.state.mem.get").Post(Path, """[{"key":"$k","value":{"z":1.0,"a":1e3,"big":12345678901234567890,"long":9007199254740993,"dec":0.1000000000000000055,"html":"<&>","dup":1,"dup":2,"nul":null}}]""")
            .Get(Path + "/$k").Is(200, """{"a":1000,"big":12345678901234567000,"dec":0.1,"dup":2,"html":"\u003c\u0026\u003e","long":9007199254740992,"nul":null,"z":1}""");
        yield return Case("state.mem.bulkget").Post(Path, """[{"key":"$k-1","value":{"a":1}},{"key":"$k-4","value":null}]""")
            .Post(Path + "/bulk", """{"keys":["$k-1","nope","$k-4"],"parallelism":2}""").Is(200, """[{"key":"$k-1","data":{"a":1},"etag":"~uuid"},{"key":"nope"},{"key":"$k-4","data":null,"etag":"~uuid"}]""" + "\n");
        yield return Case("state.mem.etag.firstwrite.noetag.exists").Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":2,"options":{"concurrency":"first-write"}}]""")
            .Is(409, Error("ERR_STATE_SAVE", Mismatch + "item already exists and no etag was passed"));
        yield return Case("state.mem.etag.firstwrite.noetag.new").Post(Path, """[{"key":"$k","value":2,"options":{"concurrency":"first-write"}}]""").Is(204);
        yield return Case("state.mem.etag.save.empty").Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":4,"etag":"","options":{"concurrency":"first-write"}}]""")
            .Is(409, Error("ERR_STATE_SAVE", Mismatch + "item already exists and no etag was passed"));
        foreach (var (recorded, options) in new[] { ("stale", ",\"options\":{\"concurrency\":\"first-write\"}"), ("stale.noopt", ""), ("stale.lastwrite", ",\"options\":{\"concurrency\":\"last-write\"}") })
        {
            yield return Case("state.mem.etag.save." + recorded).Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":4,"etag":"999""" + "\"" + options + "}]")
                .Is(409, Error("ERR_STATE_SAVE", Mismatch + "state etag not match for key=app1||$k: current=~uuid, expect=999"));
        }

        yield return Case("state.mem.etag.save.missingkey").Post(Path, """[{"key":"$k","value":4,"etag":"5"}]""").Is(409, Error("ERR_STATE_SAVE", Mismatch + "state not exist or expired for key=app1||$k"));
        yield return Case("state.mem.etag.bulk.oneok.onestale").Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":"stalewrite","etag":"777"},{"key":"$k-ok","value":"okwrite"}]""")
            .Is(409, Error("ERR_STATE_SAVE", Mismatch + "possible etag mismatch. error from state store: state etag not match for key=app1||$k: current=~uuid, expect=777"))
            .Get(Path + "/$k-ok").Is(200, "\"okwrite\"").Get(Path + "/$k").Is(200, "1");
        yield return Case("state.mem.delete.stale").Post(Path, """[{"key":"$k","value":1}]""").Delete(Path + "/$k", ("If-Match", "1234"))
            .Is(409, Error("ERR_STATE_DELETE", "failed deleting state with key $k: possible etag mismatch. error from state store: state etag not match for key=app1||$k: current=~uuid, expect=1234"));
        yield return Case("state.mem.delete.missing.etag").Delete(Path + "/$k", ("If-Match", "1"))
            .Is(409, Error("ERR_STATE_DELETE", "failed deleting state with key $k: possible etag mismatch. error from state store: state not exist or expired for key=app1||$k"));
        yield return Case("state.mem.ttl.get").Post(Path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":"20"}}]""").Is(204).Get(Path + "/$k").Is(200, "\"v\"", ("Metadata.ttlexpiretime", "~time"));
        yield return Case("state.mem.ttl.bulkget").Post(Path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":"20"}}]""")
            .Post(Path + "/bulk", """{"keys":["$k"]}""").Is(200, """[{"key":"$k","data":"v","etag":"~uuid","metadata":{"ttlExpireTime":"~time"}}]""" + "\n");
        yield return Case("state.mem.ttl.query.get").Post(Path + "?metadata.ttlInSeconds=30", """[{"key":"$k","value":"v"}]""").Is(204).Get(Path + "/$k").Is(200, "\"v\"", ("Metadata.ttlexpiretime", "~time"));
        yield return Case("state.mem.ttl.bad").Post(Path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":"abc"}}]""")
            .Is(500, Error("ERR_STATE_SAVE", "failed saving state in state store mem: strconv.Atoi: parsing \\\"abc\\\": invalid syntax"));
        yield return Case("state.mem.ttl.caps.get").Post(Path, """[{"key":"$k","value":"v","metadata":{"TTLINSECONDS":"30"}}]""").Is(204).Get(Path + "/$k").Is(200, "\"v\"", ("Metadata.ttlexpiretime", null));
        yield return Case("ttlkeep.mem.2").Post(Path, """[{"key":"$k","value":1,"metadata":{"ttlInSeconds":"30"}}]""").Post(Path, """[{"key":"$k","value":2}]""").Is(204).Get(Path + "/$k").Is(200, "2", ("Metadata.ttlexpiretime", null));
        yield return Case("state.mem.tx.stale").Post(Path, """[{"key":"$k","value":1}]""")
            .Post(Path + "/transaction", """{"operations":[{"operation":"upsert","request":{"key":"$k-3","value":1}},{"operation":"upsert","request":{"key":"$k","value":9,"etag":"555","options":{"concurrency":"first-write"}}}]}""")
            .Is(500, Error("ERR_STATE_TRANSACTION", "error while executing state transaction: possible etag mismatch. error from state store: state etag not match for key=app1||$k: current=~uuid, expect=555"))
            .Get(Path + "/$k-3").Is(204).Get(Path + "/$k").Is(200, "1");
        yield return Case("state.mem.tx.ttl.get").Post(Path + "/transaction", """{"operations":[{"operation":"upsert","request":{"key":"$k","value":1,"metadata":{"ttlInSeconds":"30"}}}]}""").Is(204)
            .Get(Path + "/$k").Is(200, "1", ("Metadata.ttlexpiretime", "~time"));
    }

    private static IEnumerable<ConformanceCase> Redis()
    {
        const string Path = "/v1.0/state/rs";
        const string Set = "ERR user_script:14: failed to set key app1||$k script: d908b9553add63a82e03589b5c6d01a7654ef0f2, on @user_script:14.";
        const string Mismatch = "failed saving state in state store rs: possible etag mismatch. error from state store: ";
        yield return Case("state.rs.get.unicode").Post(Path, """[{"key":"$k","value":"hé \u2603 <&>"}]""").Get(Path + "/$k").Is(200, "\"hé ☃ <&>\"");
        yield return Case("state.rs.bulkget").Post(Path, """[{"key":"$k-2","value":"str"}]""").Post(Path + "/bulk", """{"keys":["$k-2","nope"]}""").Is(200, """[{"key":"$k-2","data":"str","etag":"1"},{"key":"nope"}]""" + "\n");
        yield return Case("state.rs.etag.get2").Post(Path, """[{"key":"$k","value":1}]""").Get(Path + "/$k").Is(200, "1", ("ETag", "1")).Post(Path, """[{"key":"$k","value":2}]""").Get(Path + "/$k").Is(200, "2", ("ETag", "2"));
        yield return Case("state.rs.etag.firstwrite.noetag.exists").Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":2,"options":{"concurrency":"first-write"}}]""").Is(204).Get(Path + "/$k").Is(200, "2");
        yield return Case("state.rs.etag.save.stale").Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":4,"etag":"2"}]""").Is(409, Error("ERR_STATE_SAVE", Mismatch + Set));
        yield return Case("state.rs.etag.save.stale.lastwrite").Post(Path, """[{"key":"$k","value":1,"options":{"concurrency":"first-write"}}]""").Post(Path, """[{"key":"$k","value":5,"etag":"999","options":{"concurrency":"last-write"}}]""").Is(409, Error("ERR_STATE_SAVE", Mismatch + Set));
        yield return Case("state.rs.etag.save.invalid").Post(Path, """[{"key":"$k","value":4,"etag":"not-a-number"}]""")
            .Is(400, Error("ERR_STATE_SAVE", "failed saving state in state store rs: invalid etag value: strconv.Atoi: parsing \\\"not-a-number\\\": invalid syntax"));
        // Neither was recorded on a key without the mark of a first-write; seen on daprd 1.16.9, and so is its script.
        yield return Case("state.rs.etag.save.lastwrite.unmarked").Post(Path, """[{"key":"$k","value":1}]""").Post(Path, """[{"key":"$k","value":5,"etag":"999","options":{"concurrency":"last-write"}}]""").Is(204).Get(Path + "/$k").Is(200, "5");
        yield return Case("state.rs.etag.save.marked.noetag").Post(Path, """[{"key":"$k","value":1,"options":{"concurrency":"first-write"}}]""").Post(Path, """[{"key":"$k","value":2}]""")
            .Is(500, Error("ERR_STATE_SAVE", "failed saving state in state store rs: failed to set key app1||$k: " + Set)).Get(Path + "/$k").Is(200, "1");
        yield return Case("state.rs.etag.save.empty").Post(Path, """[{"key":"$k","value":1,"options":{"concurrency":"first-write"}}]""").Post(Path, """[{"key":"$k","value":4,"etag":"","options":{"concurrency":"first-write"}}]""")
            .Is(500, Error("ERR_STATE_SAVE", "failed saving state in state store rs: failed to set key app1||$k: " + Set));
        yield return Case("state.rs.etag.save.missingkey").Post(Path, """[{"key":"$k","value":4,"etag":"5","options":{"concurrency":"first-write"}}]""").Is(204).Get(Path + "/$k").Is(200, "4");
        yield return Case("state.rs.delete.stale").Post(Path, """[{"key":"$k","value":1}]""").Delete(Path + "/$k", ("If-Match", "1234"))
            .Is(409, Error("ERR_STATE_DELETE", "failed deleting state with key $k: possible etag mismatch. error from state store: ERR user_script:6: failed to delete app1||$k script: 2446db0de2c963f100727b388f03ead01d18c265, on @user_script:6."));
        yield return Case("state.rs.delete.missing.etag").Delete(Path + "/$k", ("If-Match", "1")).Is(204);
        yield return Case("state.rs.ttl.get").Post(Path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":"20"}}]""").Get(Path + "/$k").Is(200, "\"v\"", ("Metadata.ttlexpiretime", null));
        yield return Case("state.rs.ttl.bad").Post(Path, """[{"key":"$k","value":"v","metadata":{"ttlInSeconds":"abc"}}]""")
            .Is(500, Error("ERR_STATE_SAVE", "failed saving state in state store rs: failed to parse ttl from metadata: strconv.ParseInt: parsing \\\"abc\\\": invalid syntax"));
        yield return Case("state.rs.tx.stale").Post(Path, """[{"key":"$k","value":1}]""")
            .Post(Path + "/transaction", """{"operations":[{"operation":"upsert","request":{"key":"$k-3","value":1}},{"operation":"upsert","request":{"key":"$k","value":9,"etag":"555"}}]}""")
            .Is(500, Error("ERR_STATE_TRANSACTION", "error while executing state transaction: " + Set)).Get(Path + "/$k-3").Is(200, "1").Get(Path + "/$k").Is(200, "1");
        yield return Case("state.prefix.rsname").Post("/v1.0/state/rsname", """[{"key":"$k","value":"v"}]""").Is(204).Get("/v1.0/state/rsname/$k").Is(200, "\"v\"");
    }

    private static IEnumerable<ConformanceCase> Routes()
    {
        const string NotFound = """{"errorCode":"ERR_STATE_STORE_NOT_FOUND","message":"state store nostore is not found","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":{"appID":"app1"},"reason":"DAPR_STATE_NOT_FOUND"}]}""";
        yield return Case("state.unknown.get").Get("/v1.0/state/nostore/k1").Is(400, NotFound);
        yield return Case("state.unknown.save").Post("/v1.0/state/nostore", """[{"key":"a","value":1}]""").Is(400, NotFound);
        yield return Case("state.unknown.delete").Delete("/v1.0/state/nostore/k").Is(400, NotFound);
        yield return Case("state.unknown.bulk").Post("/v1.0/state/nostore/bulk", """{"keys":["a"]}""").Is(400, NotFound);
        yield return Case("state.unknown.tx").Post("/v1.0/state/nostore/transaction", """{"operations":[]}""").Is(400, NotFound);
        yield return Case("scope.notmine").Get("/v1.0/state/onlyB/k").Is(400, NotFound.Replace("nostore", "onlyB", StringComparison.Ordinal));
        yield return Case("state.mem.query").Post("/v1.0-alpha1/state/mem/query", """{"filter":{}}""").Is(500,
            """{"errorCode":"ERR_STATE_STORE_NOT_SUPPORTED","message":"state store does not support querying","details":[{"@type":"type.googleapis.com/google.rpc.ResourceInfo","description":"","owner":"","resource_name":"mem","resource_type":"state"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":null,"reason":"DAPR_STATE_QUERYING_NOT_SUPPORTED"}]}""");
        yield return Case("route.unknown").Get("/v1.0/nothing").Is(404, Error("ERR_DIRECT_INVOKE", NoAppId));
        yield return Case("route.wrongmethod").Send("PATCH", "/v1.0/state/mem").Is(404, Error("ERR_DIRECT_INVOKE", NoAppId));
        yield return Case("route.v2").Get("/v2.0/state/mem/x").Is(404, Error("ERR_DIRECT_INVOKE", NoAppId));
        yield return Case("route.root").Get("/").Is(404, Error("ERR_DIRECT_INVOKE", NoAppId));
        yield return Case("cors").Send("OPTIONS", "/v1.0/state/mem", null, null, ("Origin", "http://x")).Is(404, Error("ERR_DIRECT_INVOKE", NoAppId), ("Access-Control-Allow-Origin", null));
        yield return Case("body5MB.state").Post("/v1.0/state/mem", new string(' ', 5_000_000)).Is(400, Malformed("stream too large"));
        yield return Case("body5MB.tx").Post("/v1.0/state/mem/transaction", new string(' ', 5_000_000)).Is(400, Malformed("failed deserializing HTTP body: stream too large"));
        yield return Case("body5MB.bulkget").Post("/v1.0/state/mem/bulk", new string(' ', 5_000_000)).Is(400, Malformed("failed deserializing HTTP body: stream too large"));
    }

    private const string NoAppId = "failed getting app id either from the URL path or the header dapr-app-id";
}
