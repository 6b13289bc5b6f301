namespace XtndOrleans.Server.Connections;

internal static class ConnectionExamples
{
    public const string Input = """
        {"system":"magento","name":"Main store","apiUrl":"https://shop.example/index.php/rest/V1","accessToken":"integration","secret":"…","timeZone":"Europe/Stockholm"}
        """;

    public const string Change = """{"secret":"…"}""";

    public const string One = """
        {"id":"0199f3a1c2b47d5e8a6f0b1c2d3e4f52","system":"magento","name":"Main store","apiUrl":"https://shop.example/index.php/rest/V1","accessToken":"integration",
         "hasSecret":true,"auth":{"kind":"password","hasTotpSecret":false},"timeZone":"Europe/Stockholm","status":"unverified","statusReason":null,"statusCode":null,"verifiedAt":null,"store":null,
         "createdAt":"2026-11-23T08:05:00Z","updatedAt":"2026-11-23T08:05:00Z","version":1,
         "entities":[{"entity":"product","count":0,"freshAt":null,
           "schedule":{"frequency":"daily","active":false,"startDate":"2026-11-23","timeOfDay":"00:00","timeZone":"Europe/Stockholm","nextRunAt":null},"lastRun":null}]}
        """;

    public const string Verification = """
        {"ok":false,"checkedAt":"2026-11-23T08:05:00Z","durationMs":812,
         "steps":[{"step":"reach","ok":true,"code":null,"detail":"The store answers.","cure":null,"durationMs":40},
           {"step":"token","ok":false,"code":"two_factor_required","detail":"The user must give a second factor.","cure":"Give the TOTP secret of the user's Google Authenticator (auth.totpSecret), or connect with an integration, which needs no second factor.","durationMs":310}],
         "entities":[{"entity":"order","ok":false,"count":null,"missingPermission":"Magento_Sales::actions_view","cure":"Sales > Operations > Orders > Actions > View"}],
         "store":{"name":"Main store","version":"2.4","edition":"Community","timeZone":"Europe/Stockholm","currency":"SEK","clockSkewSeconds":0,"maximumPageSize":null}}
        """;
}
