# SPDX-License-Identifier: Apache-2.0
"""What the CA grants, and how: the options of the server, for each request
changed by the faults that it asks for."""
import copy

FOREVER = -1


class Policy:
    def __init__(self, **options):
        self.implicit_confirm = True
        self.ca_pubs = True
        self.days = 365

        # Delayed delivery: how many pollReqs get a pollRep before the
        # answer. None: the answer is not delayed.
        self.poll_count = None
        self.confirm_poll_count = None
        self.manual = False
        self.poll_by = "response"
        self.poll_nonce = "last"
        self.poll_without_nonce = False
        self.check_after = 1

        # The distribution point in its certificates, an URL.
        self.crl_url = None

        # Questions that the CA does not know: "error" or "absent".
        self.unknown_info = "error"

        # What only a fault sets.
        self.implicit_unasked = False
        self.other_key = False
        self.unknown_signature = False
        self.subject = None
        self.admit_subject = True
        self.status = None
        self.instead = None
        self.by_error = False
        self.poll_rep = True
        self.p10_id = -1
        self.null_sender = False
        self.no_status_info = False
        self.wrapping = {}
        self.recovered_pairs = 1

        unknown = set(options) - set(self.__dict__)
        if unknown:
            raise TypeError("no such option: %s" % ", ".join(unknown))
        self.__dict__.update(options)

    def delays_requests(self):
        return self.manual or self.poll_count is not None

    def copy(self):
        return copy.copy(self)
