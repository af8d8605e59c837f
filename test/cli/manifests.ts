/** A virtual service in which nothing is wrong. */
export const CLEAN = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
spec:
  hosts:
    - reviews
  http:
    - route:
        - destination:
            host: reviews
`;

/** A virtual service whose weight, in line 13, is no number. */
export const WRONG_WEIGHT = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ratings
  namespace: shop
spec:
  hosts:
    - ratings
  http:
    - route:
        - destination:
            host: ratings
          weight: many
`;

/** A virtual service whose second route, in line 13, is never reached. */
export const WARNED = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: details
  namespace: shop
spec:
  hosts:
    - details
  http:
    - route:
        - destination:
            host: details
    - name: never
      route:
        - destination:
            host: details
`;
