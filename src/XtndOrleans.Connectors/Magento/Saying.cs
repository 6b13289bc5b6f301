namespace XtndOrleans.Connectors.Magento;

/// <summary>Messages of Magento that tell apart what its status and parameters do not.</summary>
internal enum Saying
{
    /// <summary>Anything else, also everything in another language.</summary>
    Other,

    /// <summary>The code of the second factor is wrong.</summary>
    InvalidCode,

    /// <summary>Administration users sign in with Adobe IMS.</summary>
    AdobeIms,

    /// <summary>One of the integration's two secrets is wrong.</summary>
    InvalidSignature,

    /// <summary>The time of the request is too far in the future.</summary>
    InvalidTime,

    /// <summary>The access token is not known, or too short or long to be one.</summary>
    UnknownToken,

    /// <summary>The consumer key is not known, or too short or long to be one.</summary>
    UnknownConsumer,
}

/// <summary>Recognises them.</summary>
internal static class Sayings
{
    /// <summary>What a message says; it is not kept.</summary>
    public static Saying Of(string? message) => message switch
    {
        "Invalid code." => Saying.InvalidCode,
        "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN." => Saying.AdobeIms,
        "The signature is invalid. Verify and try again." or "Invalid signature" => Saying.InvalidSignature,
        "An error occurred validating the nonce" or "Incorrect timestamp value in the oauth_timestamp parameter" => Saying.InvalidTime,
        "Specified token does not exist" or "The token length is invalid. Check the length and try again." => Saying.UnknownToken,
        "A consumer having the specified key does not exist" or "Consumer key has invalid length" => Saying.UnknownConsumer,
        _ => Saying.Other,
    };
}
