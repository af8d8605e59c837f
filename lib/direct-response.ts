import type { ResponseHeaderOperations } from './header-operations';
import { describe } from './private/describe';
import { checkGiven, checkString } from './private/validation';
import type { Wire } from './private/wire';
import type { VirtualServiceSpecHttpDirectResponseBody } from '../imports/networking.istio.io';

/** The most bytes that the body of an answer may have. */
const LARGEST_BODY = 1024 * 1024;

/**
 * The body of an answer that the proxy gives itself, at most 1 MiB. Every proxy keeps a copy of it.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPBody
 */
export class ResponseBody {
  /**
   * A text, which is sent in UTF-8.
   *
   * @throws when the text is empty, or larger than 1 MiB in UTF-8
   */
  public static text(text: string): ResponseBody {
    checkSize('text', Buffer.byteLength(checkString('text', checkGiven('text', text))));
    return new ResponseBody({ string: text });
  }

  /**
   * Bytes.
   *
   * @param base64 the bytes in base64, with padding and without spaces
   * @throws when the text is empty or not padded base64 of the standard alphabet, or stands for more than 1 MiB
   */
  public static bytes(base64: string): ResponseBody {
    checkString('base64', checkGiven('base64', base64));
    if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
      throw new Error(`base64 must be padded base64 of the standard alphabet, got ${describe(base64)}`);
    }
    checkSize('base64', Buffer.byteLength(base64, 'base64'));
    return new ResponseBody({ bytes: base64 });
  }

  private readonly body: Wire<VirtualServiceSpecHttpDirectResponseBody>;

  private constructor(body: Wire<VirtualServiceSpecHttpDirectResponseBody>) {
    this.body = body;
  }

  /** @internal */
  public _toBody(): Wire<VirtualServiceSpecHttpDirectResponseBody> {
    return this.body;
  }
}

/**
 * What an answer of the proxy itself has beside its status.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export interface HttpRespondOptions {
  /**
   * The body.
   *
   * @default - none.
   */
  readonly body?: ResponseBody;

  /**
   * What happens to the headers of the answer.
   *
   * @default - nothing.
   */
  readonly headers?: ResponseHeaderOperations;
}

function checkSize(property: string, bytes: number): void {
  if (bytes > LARGEST_BODY) {
    throw new Error(`${property} must be at most ${LARGEST_BODY} bytes, got ${bytes}`);
  }
}
